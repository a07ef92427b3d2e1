/** What the judge says, and why. Must not know how evidence is found or how verdicts are shown. */
@NullMarked
package dev.assay.api.verdict;

import org.jspecify.annotations.NullMarked;
