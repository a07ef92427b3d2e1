/**
 * Decides. A verdict is a pure function of a policy and a set of evidence: no clock, no files, no
 * order of arrival.
 *
 * <p>Must not know how evidence is found. A new rule of expectation is a new case in {@link
 * dev.assay.core.judge.Judge}; a new statistic goes into {@link dev.assay.core.judge.Statistics}.
 */
@NullMarked
package dev.assay.core.judge;

import org.jspecify.annotations.NullMarked;
