/**
 * How studies tell what they have found: text of 80 columns for terminals, and pages of HTML that need no other file.
 * Knows charts, and nothing of what was measured.
 */
package ghostrow.study.page;
