package ghostrow.data;

import io.jhdf.HdfFile;
import io.jhdf.ObjectHeader.ObjectHeaderV2;
import io.jhdf.WritableDatasetImpl;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.api.WritableAttributeImpl;
import io.jhdf.api.WritableGroup;
import io.jhdf.api.WritableNode;
import io.jhdf.checksum.ChecksumUtils;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.message.AttributeInfoMessage;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.GroupInfoMessage;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.Message;
import io.jhdf.storage.HdfFileChannel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes the headers of a snapshot file through jHDF and leaves room for the data, which ranks write later.
 *
 * <p>jHDF writes nodes one behind the other and takes nodes of our own if they claim to be datasets. Two
 * kinds do: one writes a header only and points to a place far behind all headers; the other is the group
 * that counts the complete snapshots.
 */
final class Hdf5Layout {
    private static final long PAGE = 4096;
    /** Room for all headers but the texts and times: a file has about 3 KiB of them. */
    private static final long HEADERS = 1 << 16;

    private static final int SECTOR = 512;
    /**
     * The parts of an object header: what is in front of its messages, where their size is, what each begins
     * with.
     */
    private static final int PREFIX = 10;
    private static final int SIZE_FIELD = 6;
    private static final int MESSAGE_HEADER = 4;
    private static final int COUNT_AND_CHECKSUM = 8;
    private static final long NOWHERE = -1;

    private Hdf5Layout() {
    }

    static Layout write(Path file, Content content) {
        long texts = content.texts().entrySet().stream()
                .mapToLong(text -> 64 + 4L * (text.getKey().length() + text.getValue().length())).sum();
        long parameters = content.parameters().keySet().stream().mapToLong(name -> 128 + 4L * name.length())
                .sum();
        long checksums = page(HEADERS + texts + parameters + 2 * Double.BYTES * content.snapshots());
        long data = page(checksums + Integer.BYTES * content.rows() * content.snapshots());
        Layout planned = new Layout(data, checksums, 0, content.snapshots(), content.rows(),
                content.columns(), content.element().bytes());
        StepsGroup steps;
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            WritableGroup vtk = hdf.putGroup("VTKHDF");
            steps = putImage(vtk, content, planned);
            WritableGroup own = hdf.putGroup("ghostrow");
            own.putAttribute("format", SnapshotFile.FORMAT);
            content.texts().forEach(own::putAttribute);
            content.parameters().forEach(own::putAttribute);
            if (content.times() != null) {
                own.putDataset("times", content.times());
            }
            putSparse(own, "rowChecksums", DataType.fromObject(new int[1]),
                    content.times() == null ? new long[] {content.rows()}
                            : new long[] {content.snapshots(), content.rows()}, checksums, planned);
        }
        return steps == null ? planned : new Layout(data, checksums, steps.address,
                planned.snapshots(), planned.rows(), planned.columns(), planned.elementBytes());
    }

    private static StepsGroup putImage(WritableGroup vtk, Content content, Layout planned) {
        vtk.putAttribute("Version", new long[] {2, 0});
        vtk.putAttribute("Type", "ImageData");
        vtk.putAttribute("WholeExtent", new int[] {0, Math.toIntExact(content.columns() - 1),
                0, Math.toIntExact(content.rows() - 1), 0, 0});
        vtk.putAttribute("Origin", new double[] {content.originX(), content.originY(), 0});
        vtk.putAttribute("Spacing", new double[] {content.spacingX(), Math.abs(content.spacingY()), 1});
        vtk.putAttribute("Direction", new double[] {1, 0, 0, 0, Math.signum(content.spacingY()), 0, 0, 0, 1});
        boolean series = content.times() != null;
        DataType type = DataType.fromObject(content.element() == Element.FLOAT64 ? new double[1]
                : new int[1]);
        WritableGroup points = vtk.putGroup("PointData");
        putSparse(points, content.name(), type,
                series ? new long[] {content.snapshots(), content.rows(), content.columns()}
                        : new long[] {content.rows(), content.columns()}, planned.data(), planned)
                .putAttribute("Attribute", "Scalars");
        if (!series) {
            return null;
        }
        StepsGroup steps = new StepsGroup(vtk, content.times());
        vtk.putDataset("Steps", steps);
        return steps;
    }

    private static WritableNode putSparse(WritableGroup group, String name, DataType type, long[] dimensions,
                                          long address, Layout planned) {
        return group.putDataset(name, new SparseDataset(name, group, type, dimensions, address,
                planned.checksums() - 1024, planned.end()));
    }

    private static long page(long address) {
        return (address + PAGE - 1) / PAGE * PAGE;
    }

    static void addAttributes(List<Message> messages, Map<String, Attribute> attributes) {
        if (!attributes.isEmpty()) {
            messages.add(AttributeInfoMessage.create());
            attributes.forEach((name, attribute) -> messages.add(AttributeMessage.create(name, attribute)));
        }
    }

    /** The group {@code Steps} and its times, as {@link #steps} arranges them. */
    private static final class StepsGroup extends WritableDatasetImpl {
        private final double[] times;
        private long address;

        StepsGroup(Group parent, double[] times) {
            super(times, "Steps", parent);
            this.times = times;
        }

        @Override
        public long write(HdfFileChannel channel, long position) {
            address = position;
            byte[] headers = steps(position, 0);
            channel.write(ByteBuffer.wrap(headers), position);
            ByteBuffer values = ByteBuffer.allocate(times.length * Double.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
            values.asDoubleBuffer().put(times);
            channel.write(values, position + headers.length);
            long end = position + headers.length + values.capacity();
            channel.position(end);
            return end;
        }
    }

    /**
     * The header of the group {@code Steps}, whose attribute NSteps counts the complete snapshots, and behind
     * it the header of its dataset {@code Values}, which shows as many of the times: VTK's reader takes all
     * values it is shown and trusts that they are NSteps. All bytes that depend on the count lie in one
     * sector, so that one small write replaces the one state by the other:
     *
     * <pre>
     * | group Steps: OHDR.. padding .. NSteps = | count checksum | Values: OHDR.. size .. checksum | times
     *                                           ^----------- inside one sector of 512 -----------^
     * </pre>
     *
     * @param position where the group's header begins
     */
    static byte[] steps(long position, int complete) {
        int valuesLength = values(0, 0).length;
        int plainLength = group(position, 0, complete, 0).length;
        int padding = 0;
        while (sector(position + plainLength + padding - COUNT_AND_CHECKSUM)
                != sector(position + plainLength + padding + valuesLength - 1)) {
            padding += MESSAGE_HEADER;
        }
        long valuesAt = position + plainLength + padding;
        byte[] group = group(position, valuesAt, complete, padding);
        byte[] both = Arrays.copyOf(group, group.length + valuesLength);
        System.arraycopy(values(valuesAt, complete), 0, both, group.length, valuesLength);
        return both;
    }

    /** The count in such a pair of headers. */
    static int count(byte[] steps) {
        return ByteBuffer.wrap(steps).order(ByteOrder.LITTLE_ENDIAN)
                .getInt(steps.length - values(0, 0).length - COUNT_AND_CHECKSUM);
    }

    private static long sector(long address) {
        return address / SECTOR;
    }

    private static byte[] group(long position, long valuesAt, int complete, int padding) {
        List<Message> messages = new ArrayList<>(List.of(GroupInfoMessage.createBasic(),
                LinkInfoMessage.createBasic(), LinkMessage.create("Values", valuesAt),
                AttributeInfoMessage.create(),
                AttributeMessage.create("NSteps", new WritableAttributeImpl("NSteps", null, complete))));
        ByteBuffer plain = new ObjectHeaderV2(position, messages).toBuffer().order(ByteOrder.LITTLE_ENDIAN);
        if (padding == 0) {
            return plain.array();
        }
        // An empty message (type 0, length, flags, zeros) takes up the room.
        ByteBuffer padded = ByteBuffer.allocate(plain.remaining() + padding).order(ByteOrder.LITTLE_ENDIAN);
        padded.put(plain.slice(0, PREFIX)).put((byte) 0).putShort((short) (padding - MESSAGE_HEADER))
                .position(PREFIX + padding).put(plain.slice(PREFIX, plain.remaining() - PREFIX));
        padded.putInt(SIZE_FIELD, plain.getInt(SIZE_FIELD) + padding);
        seal(padded.array());
        return padded.array();
    }

    private static byte[] values(long position, int complete) {
        DataType type = DataType.fromObject(new double[1]);
        DataSpace space = DataSpace.modifyDimensions(DataSpace.fromObject(new double[1]),
                new long[] {complete});
        List<Message> messages = new ArrayList<>(List.of(DataTypeMessage.create(type),
                DataSpaceMessage.create(space), FillValueMessage.NO_FILL,
                ContiguousDataLayoutMessage.create(0, (long) complete * Double.BYTES)));
        int length = new ObjectHeaderV2(position, messages).toBuffer().remaining();
        // The HDF5 library takes an empty dataset that lies somewhere for damage.
        messages.set(3, ContiguousDataLayoutMessage.create(complete == 0 ? NOWHERE : position + length,
                (long) complete * Double.BYTES));
        return new ObjectHeaderV2(position, messages).toBuffer().array();
    }

    /** Puts the checksum of a header into its last four bytes. */
    static void seal(byte[] header) {
        ByteBuffer bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        int end = header.length - Integer.BYTES;
        bytes.putInt(end, ChecksumUtils.checksum(bytes.slice(0, end)));
    }
}
