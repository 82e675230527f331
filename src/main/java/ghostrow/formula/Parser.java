package ghostrow.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tokens to tree, with Python's precedence. */
final class Parser {
    static final int DEEPEST = 200;

    /** Loosest first; all of one level associate to the left. Signs, then **, bind tighter than these. */
    private static final List<Set<String>> LEVELS = List.of(
        Set.of("<", "<=", "==", "!=", ">=", ">"),
        Set.of("|"),
        Set.of("&"),
        Set.of("<<", ">>"),
        Set.of("+", "-"),
        Set.of("*", "/", "%"));

    private final String text;
    private final List<Token> tokens;
    private int next;
    private int depth;

    private Parser(String text) {
        this.text = text;
        this.tokens = Lexer.tokens(text);
    }

    static Syntax parse(String text) {
        Parser parser = new Parser(text);
        if (parser.peek().type() == Token.Type.END) {
            throw new FormulaException(text, 0, "the formula is empty");
        }
        Syntax tree = parser.chain(0);
        Token left = parser.peek();
        if (left.type() != Token.Type.END) {
            throw new FormulaException(text, left.at(), parser.afterWhole(left));
        }
        return tree;
    }

    private String afterWhole(Token left) {
        return switch (left.text()) {
            case "and" -> "there is no 'and'; write & and put both sides in parentheses";
            case "or" -> "there is no 'or'; write | and put both sides in parentheses";
            case "if" -> "there is no 'if'; write where(condition, a, b)";
            case ")" -> "')' without '('";
            case "[" -> "only an operand can be sliced";
            default -> "expected an operator or the end, found " + left.quoted();
        };
    }

    private Syntax chain(int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        Syntax first = chain(level + 1);
        if (!isSign(LEVELS.get(level))) {
            return first;
        }
        List<Syntax.Link> rest = new ArrayList<>();
        while (isSign(LEVELS.get(level))) {
            Token sign = take();
            if (level == 0 && !rest.isEmpty()) {
                throw new FormulaException(text, sign.at(),
                    "a chain of comparisons is ambiguous; write (a < b) & (b < c)");
            }
            rest.add(new Syntax.Link(sign.text(), sign.at(), chain(level + 1)));
        }
        return new Syntax.Chain(first, rest, first.at());
    }

    private boolean isSign(Set<String> signs) {
        return peek().type() == Token.Type.SIGN && signs.contains(peek().text());
    }

    private Syntax unary() {
        Token sign = peek();
        if (sign.is("-") || sign.is("+") || sign.is("~")) {
            take();
            enter(sign);
            Syntax operand = unary();
            depth--;
            return new Syntax.Unary(sign.text(), operand, sign.at());
        }
        Syntax base = postfix();
        Token power = peek();
        if (!power.is("**")) {
            return base;
        }
        take();
        enter(power);
        Syntax exponent = unary();
        depth--;
        return new Syntax.Power(base, exponent, power.at());
    }

    private Syntax postfix() {
        Syntax primary = primary();
        Token bracket = peek();
        if (!bracket.is("[")) {
            return primary;
        }
        if (!(primary instanceof Syntax.Name name)) {
            throw new FormulaException(text, bracket.at(), "only an operand can be sliced");
        }
        take();
        enter(bracket);
        List<Syntax.Bounds> axes = new ArrayList<>();
        do {
            axes.add(bounds());
        } while (accept(","));
        expect("]", bracket);
        depth--;
        return new Syntax.Slice(name, axes, name.at());
    }

    private Syntax.Bounds bounds() {
        int at = peek().at();
        Syntax low = peek().is(":") ? null : chain(0);
        Token colon = peek();
        if (!colon.is(":")) {
            throw new FormulaException(text, colon.at(),
                "a slice is written low:high (for the one row i write i:i+1), found " + colon.quoted());
        }
        take();
        Syntax high = peek().is(",") || peek().is("]") ? null : chain(0);
        if (peek().is(":")) {
            throw new FormulaException(text, peek().at(), "a slice has no step; write low:high");
        }
        return new Syntax.Bounds(low, high, at);
    }

    private Syntax primary() {
        Token token = take();
        switch (token.type()) {
            case NUMBER -> {
                return new Syntax.Literal(token.text(), token.at());
            }
            case NAME -> {
                if (token.text().equals("not")) {
                    throw new FormulaException(text, token.at(), "there is no 'not'; write ~");
                }
                return peek().is("(") ? call(token) : new Syntax.Name(token.text(), token.at());
            }
            default -> {
                if (!token.is("(")) {
                    throw new FormulaException(text, token.at(),
                        "expected a number, a name or '(', found " + token.quoted());
                }
                enter(token);
                Syntax inside = chain(0);
                expect(")", token);
                depth--;
                return inside;
            }
        }
    }

    private Syntax call(Token function) {
        Token open = take();
        enter(open);
        List<Syntax> arguments = new ArrayList<>();
        if (!peek().is(")")) {
            do {
                arguments.add(chain(0));
            } while (accept(","));
        }
        expect(")", open);
        depth--;
        return new Syntax.Call(function.text(), arguments, function.at());
    }

    private void enter(Token token) {
        if (++depth > DEEPEST) {
            throw new FormulaException(text, token.at(), "nested deeper than " + DEEPEST + " levels");
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        if (token.type() != Token.Type.END) {
            next++;
        }
        return token;
    }

    private boolean accept(String sign) {
        if (peek().is(sign)) {
            take();
            return true;
        }
        return false;
    }

    private void expect(String sign, Token opened) {
        if (!accept(sign)) {
            throw new FormulaException(text, peek().at(), "expected '" + sign + "' to close the '"
                + opened.text() + "' at column " + (opened.at() + 1) + ", found " + peek().quoted());
        }
    }
}
