package ghostrow.gpu;

import ghostrow.data.InputException;

/** Asks a device for more memory than it has, in one piece and in all, and prints what it says to each. */
final class FullMemory {
    private FullMemory() {
    }

    public static void main(String[] args) {
        DeviceInfo info = Devices.find().of(TestDevice.NAME, 0);
        System.out.println(info.memory() + " " + info.largest());
        try (Device device = Device.open(info)) {
            say(() -> device.requireMemory(info.memory() + 1));
            say(() -> device.buffer(info.largest() + 1).close());
        }
    }

    private static void say(Runnable asking) {
        try {
            asking.run();
            System.out.println("nothing was refused");
        } catch (InputException e) {
            System.out.println(e.getMessage());
        }
    }
}
