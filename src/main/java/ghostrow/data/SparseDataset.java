package ghostrow.data;

import io.jhdf.ObjectHeader.ObjectHeaderV2;
import io.jhdf.WritableDatasetImpl;
import io.jhdf.api.Group;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.Message;
import io.jhdf.storage.HdfFileChannel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A dataset whose header is written here and whose data lies elsewhere, as a hole until somebody fills it. */
final class SparseDataset extends WritableDatasetImpl {
    private final DataType type;
    private final DataSpace space;
    private final long address;
    private final long headersEnd;
    private final long fileEnd;

    /**
     * @param address    where its data lies
     * @param headersEnd how far the headers of the file may reach
     * @param fileEnd    how long the file becomes
     */
    SparseDataset(String name, Group parent, DataType type, long[] dimensions, long address, long headersEnd,
            long fileEnd) {
        super(new int[1], name, parent);
        this.type = type;
        Object anyOfThatRank = switch (dimensions.length) {
            case 1 -> new int[1];
            case 2 -> new int[1][1];
            default -> new int[1][1][1];
        };
        this.space = DataSpace.modifyDimensions(DataSpace.fromObject(anyOfThatRank), dimensions);
        this.address = address;
        this.headersEnd = headersEnd;
        this.fileEnd = fileEnd;
    }

    @Override
    public long write(HdfFileChannel channel, long position) {
        List<Message> messages = new ArrayList<>(List.of(DataTypeMessage.create(type), DataSpaceMessage.create(space),
                FillValueMessage.NO_FILL,
                ContiguousDataLayoutMessage.create(address, space.getTotalLength() * type.getSize())));
        Hdf5Layout.addAttributes(messages, getAttributes());
        ByteBuffer header = new ObjectHeaderV2(position, messages).toBuffer();
        long end = position + header.remaining();
        if (end > headersEnd) {
            throw new IllegalStateException("headers reach to " + end + ", into the data");
        }
        channel.write(header, position);
        channel.write(ByteBuffer.wrap(new byte[1]), fileEnd - 1);
        // Behind the last node jHDF writes a line about itself at the channel's position.
        channel.position(end);
        return end;
    }
}
