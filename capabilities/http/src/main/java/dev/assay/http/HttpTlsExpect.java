package dev.assay.http;

import dev.assay.api.spi.Doc;
import dev.assay.api.value.Comparison;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of the TLS connection.
 *
 * @param version as {@code TLSv1.3}
 * @param cipher the cipher suite
 * @param expires from now to the end of the server's certificate
 * @param subject whom it was issued to
 * @param issuer who issued it
 */
@Doc("What must hold of the TLS connection.")
public record HttpTlsExpect(
    @Doc("The protocol's version: TLSv1.3.") @Nullable Comparison version,
    @Doc("The cipher suite's name: ~ AES_256.") @Nullable Comparison cipher,
    @Doc("How long the server's certificate is still valid: > 14 d.") @Nullable Comparison expires,
    @Doc("The distinguished name that the server's certificate was issued to.")
        @Nullable Comparison subject,
    @Doc("The distinguished name of who issued the server's certificate.")
        @Nullable Comparison issuer) {}
