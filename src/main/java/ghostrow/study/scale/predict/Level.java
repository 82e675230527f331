package ghostrow.study.scale.predict;

/** A level of a core's memory: what it is called, and how many bytes of it one rank may take. */
public record Level(String name, long bytes) {
}
