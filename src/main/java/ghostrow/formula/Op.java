package ghostrow.formula;

/** The element-wise operations, all with operands of fixed kinds: conversions are operations too. */
enum Op {
    ADD("+"), SUB("-"), MUL("*"), DIV("/"), NEG("-"), ABS("abs"), SQRT("sqrt"),
    LT("<"), LE("<="), EQ("=="), NE("!="), GE(">="), GT(">"),
    AND("&"), OR("|"), NOT("~"), WHERE("where"), TO_LONG("int64"), TO_DOUBLE("float64"),

    // From here on: computed one element at a time by a static method of that name.
    MOD("%", "mod"), POW("**", "power"), SHL("<<", "shiftLeft"), SHR(">>", "shiftRight"),
    SIN("sin"), COS("cos"), TAN("tan"), ARCSIN("arcsin"), ARCCOS("arccos"), ARCTAN("arctan"),
    ARCTAN2("arctan2"), SINH("sinh"), COSH("cosh"), TANH("tanh"), ARCSINH("arcsinh"),
    ARCCOSH("arccosh"), ARCTANH("arctanh"), LOG("log"), LOG10("log10"), LOG1P("log1p"),
    EXP("exp"), EXPM1("expm1");

    private final String sign;
    private final String method;

    Op(String sign) {
        this(sign, sign);
    }

    Op(String sign, String method) {
        this.sign = sign;
        this.method = method;
    }

    String sign() {
        return sign;
    }

    String method() {
        return method;
    }

    /** True where there is no vector instruction: each element is a call. */
    boolean isCall() {
        return ordinal() >= MOD.ordinal();
    }

    boolean isComparison() {
        return this == LT || this == LE || this == EQ || this == NE || this == GE || this == GT;
    }
}
