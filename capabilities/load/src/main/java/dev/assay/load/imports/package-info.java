/**
 * Imports: makes a workspace with one gentle load check from a recording (HAR), a description
 * (OpenAPI, Swagger), a Postman collection or curl command lines.
 *
 * <p>Pure functions from bytes to text: {@link dev.assay.load.imports.LoadImport} chooses the
 * reader of a source, the reader fills a {@link dev.assay.load.imports.WorkspaceDraft}, and {@link
 * dev.assay.load.imports.WorkspaceWriter} writes that as YAML. What is read is taken for hostile:
 * sizes, depths and counts are bounded, and no credential that is recognised gets into what is
 * written. Nothing here opens a file or a connection.
 *
 * <p>It must not know the engine, nor how a workspace is parsed. The usual change: a new source is
 * a class like {@link dev.assay.load.imports.CurlImport} and a constant of {@link
 * dev.assay.load.imports.ImportSource}; a new key of a step is a part of {@link
 * dev.assay.load.imports.RequestDraft} and a line of {@link dev.assay.load.imports.StepWriter}.
 */
@NullMarked
package dev.assay.load.imports;

import org.jspecify.annotations.NullMarked;
