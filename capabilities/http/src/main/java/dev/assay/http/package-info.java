/**
 * Flows of HTTP requests with expectations: smoke tests and API flows. Sends each request of a
 * flow, keeps every attempt as evidence, and shows what was expected beside what came.
 *
 * <p>Must not know: other capabilities, how a workspace is parsed, how evidence is judged. Load at
 * a rate is the load room's work; here one request follows another.
 *
 * <p>Where the usual change goes: a new key is a component of {@link dev.assay.http.HttpStep} or
 * {@link dev.assay.http.HttpConfiguration}; a new expectation is a component of {@link
 * dev.assay.http.HttpExpect} with its line in {@code Expectations} and its check in {@code
 * FlowValidation}; a new way to take a value out of an answer is a case of {@code Extraction}; a
 * new way for a connection to fail is a case of {@code TransportFailures}.
 */
@NullMarked
package dev.assay.http;

import org.jspecify.annotations.NullMarked;
