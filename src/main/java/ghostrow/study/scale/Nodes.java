package ghostrow.study.scale;

import ghostrow.data.InputException;

/**
 * What a study asks Slurm for beside cores; each may be left out.
 *
 * @param nodes        of each job; a job of fewer ranks takes one a rank
 * @param tasksPerNode ranks on each node: jobs take as many nodes as they need then
 * @param exclusive    whether nobody else's job is to be on them
 */
record Nodes(Integer nodes, Integer tasksPerNode, boolean exclusive) {

    /** Refuses what cannot hold so many ranks. */
    void require(int ranks) {
        if (nodes != null && nodes < 1 || tasksPerNode != null && tasksPerNode < 1) {
            throw new InputException("--nodes and --ntasks-per-node take numbers from 1 on");
        }
        if (nodes != null && tasksPerNode != null && (long) nodes * tasksPerNode < ranks) {
            throw new InputException("--nodes " + nodes + " with --ntasks-per-node " + tasksPerNode + " hold "
                    + (long) nodes * tasksPerNode + " ranks, and " + ranks + " are wanted");
        }
    }

    /** Whether there is anything to ask for. */
    boolean any() {
        return nodes != null || tasksPerNode != null || exclusive;
    }

    /** The lines of a job's script that ask for it. */
    String lines(int ranks) {
        StringBuilder lines = new StringBuilder();
        Integer wanted = nodes != null || tasksPerNode == null ? nodes
                : Integer.valueOf(Math.ceilDiv(ranks, tasksPerNode));
        if (wanted != null) {
            lines.append("#SBATCH --nodes=").append(Math.min(wanted, ranks)).append('\n');
        }
        if (tasksPerNode != null) {
            lines.append("#SBATCH --ntasks-per-node=").append(Math.min(tasksPerNode, ranks)).append('\n');
        }
        if (exclusive) {
            lines.append("#SBATCH --exclusive\n");
        }
        return lines.toString();
    }
}
