package ghostrow.formula;

/** A word of the text and where it starts. */
record Token(Type type, String text, int at) {
    enum Type { NUMBER, NAME, SIGN, END }

    boolean is(String sign) {
        return type == Type.SIGN && text.equals(sign);
    }

    String quoted() {
        return type == Type.END ? "the end of the formula" : "'" + abbreviate(text) + "'";
    }

    static String abbreviate(String text) {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
}
