package ghostrow.explain;

/**
 * A loop in bytecode: what lies between a jump backwards and where it leads.
 *
 * @param first offset of its first instruction
 * @param last  offset of the jump
 */
record Loop(int first, int last) {

    boolean holds(int offset) {
        return first <= offset && offset <= last;
    }
}
