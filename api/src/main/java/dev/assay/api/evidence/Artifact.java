package dev.assay.api.evidence;

import java.time.Instant;

/**
 * A file, stored by its content.
 *
 * @param check the check
 * @param at when it was stored
 * @param name for people, such as {@code surefire/TEST-Shop.xml}
 * @param mediaType such as {@code text/plain}
 * @param size in bytes
 * @param sha256 the digest of the content, 64 lower-case hexadecimal digits
 */
public record Artifact(
    String check, Instant at, String name, String mediaType, long size, String sha256)
    implements Evidence {}
