/**
 * The transport {@code self}: one rank in this JVM, no library, no launcher. Messages to itself are copied;
 * everything else has one rank's obvious meaning. It needs nothing but {@code ghostrow.comm}.
 *
 * <p>Limit: what a real library would wait for for ever, such as a receive that no send answers, is an
 * error here.
 */
package ghostrow.comm.self;
