/**
 * The page of a profile: one file of HTML that needs no other, with the run's figures in it and the small program that
 * draws them. Knows how data become JSON, and nothing of how they were measured.
 */
package ghostrow.profile.page;
