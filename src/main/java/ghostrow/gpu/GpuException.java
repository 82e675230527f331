package ghostrow.gpu;

/** A device, or the library that drives it, has refused something that ought to work. */
public final class GpuException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GpuException(String message) {
        super(message);
    }
}
