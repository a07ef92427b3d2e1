package dev.assay.network;

import dev.assay.api.problem.ProblemType;
import dev.assay.api.spi.Capability;
import dev.assay.api.spi.Facility;
import dev.assay.api.spi.UndoAction;
import dev.assay.api.spi.WorkspaceSection;
import dev.assay.network.packet.NamespaceUndo;
import dev.assay.network.packet.PacketFacilities;
import dev.assay.network.packet.QdiscUndo;
import java.util.List;

/** Network: links with delay, loss and bandwidth, and the proxies that put traffic on them. */
public final class NetworkCapability implements Capability {

  /** Does no work. */
  public NetworkCapability() {}

  @Override
  public String name() {
    return "network";
  }

  @Override
  public List<WorkspaceSection<?>> sections() {
    return List.of(new ConditionsSection(), new LinksSection());
  }

  @Override
  public List<UndoAction> undoActions() {
    return List.of(new NamespaceUndo(), new QdiscUndo());
  }

  @Override
  public List<Facility> facilities() {
    return PacketFacilities.look();
  }

  @Override
  public List<ProblemType> problems() {
    return NetworkProblems.all();
  }
}
