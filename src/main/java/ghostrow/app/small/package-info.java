/**
 * Small programs that show one thing each, such as a message around the ring of all ranks.
 *
 * <p>May touch {@code run}, {@code kernel}, {@code data}, its charts, and {@code comm}, and no other room of
 * {@code app}.
 */
package ghostrow.app.small;
