package ghostrow.comm.check;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Where in the program a call was made.
 *
 * @param call the method of the library that the program called
 */
record Place(String call, String file, int line) {
    private static final String LIBRARY = "ghostrow.";
    private static final String MESSAGES = "ghostrow.comm.";
    private static final StackWalker WALKER = StackWalker.getInstance();

    /**
     * The innermost frame of the user's. Where there is none, since the program is the library's own, the innermost one
     * that is not about messages.
     */
    static Place here() {
        return WALKER.walk(Place::of);
    }

    private static Place of(Stream<StackFrame> frames) {
        String call = "";
        Place own = null;
        for (Iterator<StackFrame> i = frames.iterator(); i.hasNext();) {
            StackFrame frame = i.next();
            String name = frame.getClassName();
            if (isJava(name)) {
                continue;
            }
            if (own == null && name.startsWith(MESSAGES)) {
                call = frame.getMethodName();
                continue;
            }
            Place place = new Place(call, frame.getFileName(), frame.getLineNumber());
            if (!name.startsWith(LIBRARY)) {
                return place;
            }
            own = own == null ? place : own;
        }
        return own == null ? new Place(call, "?", 0) : own;
    }

    private static boolean isJava(String name) {
        return name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.");
    }

    /** The same for a frame of what was thrown. */
    static Place of(Throwable thrown) {
        String call = "";
        for (StackTraceElement frame : thrown.getStackTrace()) {
            String name = frame.getClassName();
            if (name.startsWith(MESSAGES)) {
                call = frame.getMethodName();
            } else if (!isJava(name)) {
                return new Place(call, frame.getFileName(), frame.getLineNumber());
            }
        }
        return new Place(call, "?", 0);
    }

    /** As compilers and editors write it. */
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
