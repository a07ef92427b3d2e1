package dev.assay.virtual;

import dev.assay.api.spi.Doc;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of a virtual SMSC. Immutable.
 *
 * @param certificate its own
 * @param key of it
 * @param clients who vouches for clients
 */
@Doc("Certificates as PEM files, relative to the workspace.")
public record SmscTlsConfiguration(
    @Doc("Its certificate, and what vouches for it.") String certificate,
    @Doc("The key of it, as PKCS 8 without a password.") String key,
    @Doc("Who vouches for clients; they need no certificate where it is missing.")
        @Nullable String clients) {}
