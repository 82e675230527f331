package ghostrow.formula;

import java.util.ArrayList;
import java.util.List;

/** Cuts the text into tokens, with Python's spelling of numbers and names. */
final class Lexer {
    private static final String[] SIGNS = {
        "**", "//", "<<", ">>", "<=", "==", "!=", ">=",
        "+", "-", "*", "/", "%", "<", ">", "&", "|", "~", "(", ")", "[", "]", ",", ":",
    };

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        return new Lexer(text).run();
    }

    private List<Token> run() {
        while (true) {
            while (at < text.length() && isSpace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                tokens.add(new Token(Token.Type.END, "", at));
                return tokens;
            }
            char c = text.charAt(at);
            if (isDigit(c) || c == '.' && isDigit(peek(1))) {
                number();
            } else if (isLetter(c)) {
                int start = at;
                while (isLetter(peek(0)) || isDigit(peek(0))) {
                    at++;
                }
                add(Token.Type.NAME, start);
            } else {
                sign();
            }
        }
    }

    private void number() {
        int start = at;
        if (peek(0) == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
            at += 2;
            while (Character.digit(peek(0), 16) >= 0 && peek(0) < 128) {
                at++;
            }
        } else {
            digits();
            if (peek(0) == '.') {
                at++;
                digits();
            }
            if (peek(0) == 'e' || peek(0) == 'E') {
                int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
                if (isDigit(peek(1 + sign))) {
                    at += 1 + sign;
                    digits();
                }
            }
        }
        if (isLetter(peek(0)) || isDigit(peek(0)) || peek(0) == '.') {
            throw new FormulaException(text, at, "a number ends in '" + peek(0)
                + "'; put an operator between the number and what follows");
        }
        add(Token.Type.NUMBER, start);
    }

    private void digits() {
        while (isDigit(peek(0))) {
            at++;
        }
    }

    private void sign() {
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                if (sign.equals("//")) {
                    throw new FormulaException(text, at, "there is no operator '//'; '/' is true division");
                }
                at += sign.length();
                add(Token.Type.SIGN, at - sign.length());
                return;
            }
        }
        int c = text.codePointAt(at);
        throw new FormulaException(text, at, switch (c) {
            case '^' -> "unknown character '^'; a power is written **";
            case '=' -> "unknown operator '='; a comparison is written ==";
            case '!' -> "unknown operator '!'; 'not' is written ~ and 'not equal' !=";
            default -> "unknown character " + (Character.isISOControl(c) || !Character.isDefined(c)
                || Character.getType(c) == Character.SURROGATE ? String.format("U+%04X", c)
                : "'" + Character.toString(c) + "'");
        });
    }

    private void add(Token.Type type, int start) {
        tokens.add(new Token(type, text.substring(start, at), start));
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }
}
