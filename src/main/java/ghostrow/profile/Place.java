package ghostrow.profile;

/**
 * A line of the program's source, as samples name it.
 *
 * @param type the class, with its package
 */
record Place(String type, String method, int line) implements Comparable<Place> {
    String function() {
        return Frames.name(type, method);
    }

    /** The class that the source file is named after. */
    String outermost() {
        int nested = type.indexOf('$');
        return nested < 0 ? type : type.substring(0, nested);
    }

    @Override
    public int compareTo(Place other) {
        int order = function().compareTo(other.function());
        return order != 0 ? order : Integer.compare(line, other.line);
    }
}
