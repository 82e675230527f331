package ghostrow.comm;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Objects to bytes outside of Java's heap and back, for messages between the ranks of one program. */
public final class ObjectMessages {
    /** Few objects are smaller, and messages of this length take hardly longer than those of a byte. */
    private static final long FIRST_ROOM = 1024;

    private ObjectMessages() {
    }

    public static MemorySegment write(Serializable object, Arena arena) {
        Sink bytes = new Sink(arena);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException e) {
            throw new CommException("cannot serialize " + object.getClass().getName(), e);
        }
        return bytes.written();
    }

    public static Object read(MemorySegment bytes) {
        try (ObjectInputStream in = new ProgramObjects(new Source(bytes))) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new CommException("cannot read an object message of " + bytes.byteSize() + " bytes", e);
        }
    }

    /** Finds classes of the program that runs, which may be loaded apart from this one. */
    private static final class ProgramObjects extends ObjectInputStream {
        ProgramObjects(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
            try {
                return super.resolveClass(described);
            } catch (ClassNotFoundException e) {
                return Class.forName(described.getName(), false, Thread.currentThread().getContextClassLoader());
            }
        }
    }

    /** Grows by doubling. */
    private static final class Sink extends OutputStream {
        private final Arena arena;
        private MemorySegment room;
        private long size;

        Sink(Arena arena) {
            this.arena = arena;
            this.room = arena.allocate(FIRST_ROOM);
        }

        @Override
        public void write(int one) {
            grow(1);
            room.set(ValueLayout.JAVA_BYTE, size++, (byte) one);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            grow(count);
            MemorySegment.copy(bytes, from, room, ValueLayout.JAVA_BYTE, size, count);
            size += count;
        }

        private void grow(int count) {
            if (size + count > room.byteSize()) {
                MemorySegment larger = arena.allocate(Math.max(2 * room.byteSize(), size + count));
                MemorySegment.copy(room, 0, larger, 0, size);
                room = larger;
            }
        }

        MemorySegment written() {
            return room.asSlice(0, size);
        }
    }

    private static final class Source extends InputStream {
        private final MemorySegment bytes;
        private long at;

        Source(MemorySegment bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return at < bytes.byteSize() ? Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, at++)) : -1;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            int count = (int) Math.min(most, bytes.byteSize() - at);
            if (count == 0) {
                return most == 0 ? 0 : -1;
            }
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, into, from, count);
            at += count;
            return count;
        }
    }
}
