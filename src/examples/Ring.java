void rank(Comm comm, String... words) {
    int left = (comm.rank() + comm.size() - 1) % comm.size();
    int right = (comm.rank() + 1) % comm.size();
    try (Arena arena = Arena.ofConfined()) {
        MemorySegment mine = arena.allocateFrom(ValueLayout.JAVA_INT, comm.rank());
        MemorySegment neighbour = arena.allocate(ValueLayout.JAVA_INT);
        comm.sendrecv(mine, left, 0, neighbour, right, 0);

        IO.println("I am rank " + comm.rank() + " of " + comm.size() + "; my right neighbour is "
                + neighbour.get(ValueLayout.JAVA_INT, 0));
    }
}
