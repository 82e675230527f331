package ghostrow.app.mandelbrot;

/** Neighbouring rows of the picture. */
record Rows(int first, int count) {

    int end() {
        return first + count;
    }
}
