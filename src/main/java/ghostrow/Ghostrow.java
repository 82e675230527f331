package ghostrow;

public final class Ghostrow {
    private Ghostrow() {
    }

    public static void main(String[] args) {
        System.out.println("ghostrow");
    }
}
