package ghostrow.explain;

/**
 * A method as class files name it.
 *
 * @param owner      its class, with slashes
 * @param descriptor the types of its arguments and its result
 */
record MethodName(String owner, String name, String descriptor) {

    /** The package of its class. */
    String folder() {
        return owner.substring(0, owner.lastIndexOf('/') + 1);
    }

    /** Its class, as it is called in its package. */
    String type() {
        return owner.substring(owner.lastIndexOf('/') + 1).replace('$', '.');
    }

    /** As a reader would say it. */
    String label() {
        return type() + "." + name;
    }
}
