package ghostrow.own;

/**
 * What an exception says of a program: the frames that are the program's own, and those of what it has called, without
 * all that has called it.
 */
record StackOf(Throwable thrown) {
    /** A method that calls itself without end has a thousand. */
    private static final int MOST = 40;

    String told(int rank, int size) {
        StringBuilder text = new StringBuilder("ghostrow: rank ").append(rank).append(" of ").append(size).append(" failed");
        StackTraceElement[] frames = thrown.getStackTrace();
        for (StackTraceElement frame : frames) {
            if (isOwn(frame) && frame.getLineNumber() > 0) {
                text.append(" in ").append(frame.getFileName()).append(", line ").append(frame.getLineNumber());
                break;
            }
        }
        text.append(": ").append(thrown);
        tell(thrown, text);
        return text.toString();
    }

    private static void tell(Throwable failure, StringBuilder text) {
        StackTraceElement[] frames = failure.getStackTrace();
        int last = frames.length - 1;
        while (last >= 0 && !isOwn(frames[last])) {
            last--;
        }
        // Of a thread of the program's own, where nothing below is to be left out.
        int count = last < 0 ? frames.length : last + 1;
        for (int i = 0; i < Math.min(count, MOST); i++) {
            text.append("\n    at ").append(frames[i]);
        }
        if (count > MOST) {
            text.append("\n    and ").append(count - MOST).append(" more");
        }
        if (failure.getCause() != null && failure.getCause() != failure) {
            text.append("\ncaused by ").append(failure.getCause());
            tell(failure.getCause(), text);
        }
    }

    /** Of a class that no named loader has brought: Ghostrow's is called app, and the JDK's classes are in modules. */
    private static boolean isOwn(StackTraceElement frame) {
        return frame.getClassLoaderName() == null && frame.getModuleName() == null
                // The quick start has the JDK's vectors in no module.
                && !frame.getClassName().startsWith("jdk.");
    }
}
