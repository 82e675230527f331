/**
 * C that this program writes: compiled by the machine's own compiler, kept, and called through java.lang.foreign. It
 * knows nobody but {@code data}, for what users did wrong, and nothing of what the C is about.
 */
package ghostrow.cc;
