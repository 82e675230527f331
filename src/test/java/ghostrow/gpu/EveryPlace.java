package ghostrow.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;

/**
 * Compares the places of functions in a driver's table with the functions themselves, which oclgrind's driver exports
 * under their names with a line before. Prints how many there are, and each that is another.
 */
final class EveryPlace {
    private EveryPlace() {
    }

    public static void main(String[] args) {
        Devices.find();
        SymbolLookup driver = SymbolLookup.libraryLookup(args[0], Arena.global());
        for (String name : DispatchTable.names()) {
            if (!driver.findOrThrow("_" + name).equals(OpenClLibrary.address(name))) {
                System.out.println("another function is in the place of " + name);
            }
        }
        System.out.println(DispatchTable.names().size() + " compared");
    }
}
