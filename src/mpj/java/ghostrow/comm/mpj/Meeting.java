package ghostrow.comm.mpj;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Where the ranks of one run introduce themselves to their launcher, and hear about each other when all have: what
 * the library's own launcher does, in its words. Whoever does not know the run's secret is sent away, and whoever
 * says nothing holds up nobody.
 */
final class Meeting implements AutoCloseable {
    private static final int SECRET_BYTES = 16;
    private static final int PATIENCE_MILLIS = 5000;
    private static final int PORTS = 1 << 16;

    private final int size;
    private final String secret;
    private final ServerSocket door;
    private final Socket[] callers;
    private final String[] peers;
    private int known;

    Meeting(int size) throws IOException {
        this.size = size;
        this.callers = new Socket[size];
        this.peers = new String[size];
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        this.secret = HexFormat.of().formatHex(random);
        this.door = new ServerSocket(0, size, InetAddress.getByName(RankProcesses.LOOPBACK));
    }

    int port() {
        return door.getLocalPort();
    }

    String secret() {
        return secret;
    }

    void begin() {
        Thread.ofPlatform().daemon().name("ghostrow-meeting").start(this::receive);
    }

    private void receive() {
        try {
            while (true) {
                Socket caller = door.accept();
                Thread.ofVirtual().start(() -> hear(caller));
            }
        } catch (IOException e) {
            // All are there, or the run is over.
        }
    }

    private void hear(Socket caller) {
        try {
            caller.setSoTimeout(PATIENCE_MILLIS);
            DataInputStream in = new DataInputStream(caller.getInputStream());
            byte[] word = in.readUTF().getBytes(StandardCharsets.UTF_8);
            if (MessageDigest.isEqual(word, secret.getBytes(StandardCharsets.UTF_8))) {
                int writePort = in.readInt();
                int readPort = in.readInt();
                introduce(caller, writePort, readPort, in.readInt());
                return;
            }
        } catch (IOException e) {
            // No rank; or one that died on the way, and ends the run by that.
        }
        close(caller);
    }

    private synchronized void introduce(Socket caller, int writePort, int readPort, int rank) throws IOException {
        if (rank < 0 || rank >= size || peers[rank] != null || !isPort(writePort) || !isPort(readPort)) {
            throw new IOException("not what a rank says");
        }
        peers[rank] = RankProcesses.LOOPBACK + "@" + readPort + "@" + writePort;
        callers[rank] = caller;
        known++;
        if (known == size) {
            StringBuilder all = new StringBuilder("#Peer Information");
            for (int i = 0; i < size; i++) {
                all.append(';').append(peers[i]).append('@').append(i);
            }
            for (Socket each : callers) {
                new DataOutputStream(each.getOutputStream()).writeUTF(all.toString());
                each.close();
            }
            door.close();
        }
    }

    private static boolean isPort(int port) {
        return port > 0 && port < PORTS;
    }

    private static void close(Socket caller) {
        try {
            caller.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
