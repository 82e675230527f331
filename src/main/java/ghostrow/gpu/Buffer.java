package ghostrow.gpu;

/** Memory that the device works on. */
public final class Buffer implements AutoCloseable {
    private final long handle;
    private final long bytes;

    Buffer(long handle, long bytes) {
        this.handle = handle;
        this.bytes = bytes;
    }

    long handle() {
        return handle;
    }

    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        OpenCl.releaseMemObject(handle);
    }
}
