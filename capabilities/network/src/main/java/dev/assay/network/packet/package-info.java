/**
 * Links on packets, where the machine lets us: two network namespaces, or one and the host, joined
 * by TUN devices whose packets pass through the link model in this process; and the arguments with
 * which the kernel's own netem does the same. The kernel's TCP then does what the model of streams
 * only describes.
 *
 * <p>Must not know: workspaces, proxies, profiles. Everything that outlives the process is in the
 * undo journal before it is made. The usual change: another facility of the kernel is a class here
 * and a line in {@link dev.assay.network.packet.PacketFacilities}.
 */
@NullMarked
package dev.assay.network.packet;

import org.jspecify.annotations.NullMarked;
