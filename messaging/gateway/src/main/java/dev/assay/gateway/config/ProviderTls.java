package dev.assay.gateway.config;

import dev.assay.api.spi.Doc;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of a provider. Immutable.
 *
 * @param authorities who may have signed the centre's certificate
 * @param certificate what we show
 * @param key of that
 */
@Doc("Certificates, as PEM files; an empty map is enough for a public authority's.")
public record ProviderTls(
    @Doc("Who may have signed the centre's certificate; Java's own where it is missing.")
        @Nullable String authorities,
    @Doc("The certificate that the centre is shown.") @Nullable String certificate,
    @Doc("Its key, as PKCS 8.") @Nullable String key) {}
