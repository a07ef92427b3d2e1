/** Tests of profiles and imports. */
@NullMarked
package dev.assay.network.profile;

import org.jspecify.annotations.NullMarked;
