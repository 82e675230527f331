/**
 * Programs of the user's own: compiled when they are first run, kept, and run on every rank, with nothing to install
 * and nothing to set up. {@link ghostrow.own.RunCommand} is {@code ghostrow run}; {@code Sources} is what is to be
 * compiled, {@code Compiled} where its classes are kept, {@code CompilerProcess} the compiler, which has a process of
 * its own, and {@code RankMethod} what a rank lives.
 *
 * <p>May touch {@code run}, {@code comm}, {@code data} and {@code formula}, and {@code hits} where the program's lines are
 * counted. What such a program is about, this room does not know.
 */
package ghostrow.own;
