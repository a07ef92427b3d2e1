/**
 * Reads JUnit XML in all its dialects as a hostile and sloppy text: {@link
 * dev.assay.suite.junit.XmlText} makes any bytes safe and bounded for an XML parser, {@link
 * dev.assay.suite.junit.JUnitXmlReader} turns elements into cases with their attempts.
 *
 * <p>Must not know who wrote the report, how the run ended, or evidence beyond {@code Attempt}. A
 * new dialect is a sample file in the tests and, where it needs one, a line in {@code
 * JUnitXmlReader}.
 */
@NullMarked
package dev.assay.suite.junit;

import org.jspecify.annotations.NullMarked;
