/** Tests of the proxy of a company's network. */
@NullMarked
package dev.assay.network.web;

import org.jspecify.annotations.NullMarked;
