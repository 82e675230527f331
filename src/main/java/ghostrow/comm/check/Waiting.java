package ghostrow.comm.check;

import java.util.List;

/** What keeps a rank from going on. */
sealed interface Waiting {
    Place place();

    boolean isOver();

    /** The call, with what matters of its arguments. */
    String shown();

    /** For all of them; most often for one. */
    record ForAll(Place place, List<? extends Operation> operations) implements Waiting {
        @Override
        public boolean isOver() {
            for (Operation operation : operations) {
                if (!operation.isComplete()) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String shown() {
            List<? extends Operation> open = operations.stream().filter(each -> !each.isComplete()).toList();
            String all = String.join(" and ", open.stream().map(Operation::shown).distinct().toList());
            Place begun = open.getFirst().place();
            return begun.call().equals(place.call()) ? all
                    : place.call() + " of " + all + (begun.line() == place.line() ? "" : " (begun at " + begun + ")");
        }
    }

    /** For the first of them. */
    record ForAny(Place place, List<Operation> operations) implements Waiting {
        @Override
        public boolean isOver() {
            return operations.stream().anyMatch(Operation::isComplete);
        }

        @Override
        public String shown() {
            return place.call() + " of "
                    + String.join(" or ", operations.stream().map(Operation::shown).distinct().toList());
        }
    }

    /** For a message, to look at. */
    record ForMessage(Place place, Post wanted) implements Waiting {
        @Override
        public boolean isOver() {
            return wanted.group().mail().offered(wanted) != null;
        }

        @Override
        public String shown() {
            return wanted.shown();
        }
    }

    /** For nothing: it asks again and again, and gets the same answer. */
    record Asking(Place place) implements Waiting {
        @Override
        public boolean isOver() {
            return true;
        }

        @Override
        public String shown() {
            return place.call() + " again and again";
        }
    }
}
