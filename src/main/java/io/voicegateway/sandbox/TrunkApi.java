package io.voicegateway.sandbox;

import com.google.protobuf.Message;
import io.voicegateway.livekit.routing.Listings;
import io.voicegateway.livekit.routing.TrunkChecks;
import java.util.Collections;
import java.util.Optional;
import livekit.LivekitSip.CreateSIPInboundTrunkRequest;
import livekit.LivekitSip.CreateSIPOutboundTrunkRequest;
import livekit.LivekitSip.DeleteSIPTrunkRequest;
import livekit.LivekitSip.ListSIPInboundTrunkRequest;
import livekit.LivekitSip.ListSIPInboundTrunkResponse;
import livekit.LivekitSip.ListSIPOutboundTrunkRequest;
import livekit.LivekitSip.ListSIPOutboundTrunkResponse;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPInboundTrunkUpdate;
import livekit.LivekitSip.SIPOutboundTrunkInfo;
import livekit.LivekitSip.SIPTrunkInfo;
import livekit.LivekitSip.UpdateSIPInboundTrunkRequest;
import livekit.LivekitSip.UpdateSIPOutboundTrunkRequest;

/** The trunk methods of LiveKit's SIP service (livekit/pkg/service/sip.go). */
final class TrunkApi {
  private static final String ID_PREFIX = "ST_";

  private final SipStore store;

  TrunkApi(SipStore store) {
    this.store = store;
  }

  void addTo(TwirpService sip) {
    sip.on(
            "CreateSIPInboundTrunk",
            CreateSIPInboundTrunkRequest.class,
            (g, q) -> g.sipAdmin(),
            this::createInbound)
        .on(
            "UpdateSIPInboundTrunk",
            UpdateSIPInboundTrunkRequest.class,
            (g, q) -> g.sipAdmin(),
            this::updateInbound)
        .on(
            "ListSIPInboundTrunk",
            ListSIPInboundTrunkRequest.class,
            (g, q) -> g.sipAdmin(),
            this::listInbound)
        .on(
            "CreateSIPOutboundTrunk",
            CreateSIPOutboundTrunkRequest.class,
            (g, q) -> g.sipAdmin(),
            this::createOutbound)
        .on(
            "UpdateSIPOutboundTrunk",
            UpdateSIPOutboundTrunkRequest.class,
            (g, q) -> g.sipAdmin(),
            this::updateOutbound)
        .on(
            "ListSIPOutboundTrunk",
            ListSIPOutboundTrunkRequest.class,
            (g, q) -> g.sipAdmin(),
            this::listOutbound)
        .on("DeleteSIPTrunk", DeleteSIPTrunkRequest.class, (g, q) -> g.sipAdmin(), this::delete);
  }

  private SIPInboundTrunkInfo createInbound(CreateSIPInboundTrunkRequest request) {
    refuseIf(TrunkChecks.refusalOf(request, store.inboundTrunks()));
    SIPInboundTrunkInfo trunk =
        request.getTrunk().toBuilder().setSipTrunkId(Ids.of(ID_PREFIX)).build();
    store.inbound().put(trunk.getSipTrunkId(), trunk);
    return trunk;
  }

  private SIPInboundTrunkInfo updateInbound(UpdateSIPInboundTrunkRequest request) {
    String id = request.getSipTrunkId();
    if (id.isEmpty()) {
      throw TwirpError.invalid("trunk id must be set");
    }
    if (request.getActionCase() == UpdateSIPInboundTrunkRequest.ActionCase.ACTION_NOT_SET) {
      throw TwirpError.invalid("missing or unsupported update action");
    }
    SIPInboundTrunkInfo stored = store.inbound().get(id);
    if (stored == null) {
      throw trunkNotFound();
    }
    SIPInboundTrunkInfo changed =
        request.hasReplace()
            ? request.getReplace().toBuilder().setSipTrunkId(id).build()
            : changed(stored, request.getUpdate());
    refuseIf(TrunkChecks.refusalOfChange(changed, store.inboundTrunks()));
    store.inbound().put(id, changed);
    return changed;
  }

  private static SIPInboundTrunkInfo changed(
      SIPInboundTrunkInfo stored, SIPInboundTrunkUpdate update) {
    SIPInboundTrunkInfo.Builder trunk = stored.toBuilder();
    trunk
        .clearNumbers()
        .addAllNumbers(ListUpdates.apply(stored.getNumbersList(), update.getNumbers()))
        .clearAllowedAddresses()
        .addAllAllowedAddresses(
            ListUpdates.apply(stored.getAllowedAddressesList(), update.getAllowedAddresses()))
        .clearAllowedNumbers()
        .addAllAllowedNumbers(
            ListUpdates.apply(stored.getAllowedNumbersList(), update.getAllowedNumbers()));
    if (update.hasAuthUsername()) {
      trunk.setAuthUsername(update.getAuthUsername());
    }
    if (update.hasAuthPassword()) {
      trunk.setAuthPassword(update.getAuthPassword());
    }
    if (update.hasName()) {
      trunk.setName(update.getName());
    }
    if (update.hasMetadata()) {
      trunk.setMetadata(update.getMetadata());
    }
    if (update.hasMediaEncryption()) {
      trunk.setMediaEncryption(update.getMediaEncryption());
    }
    return trunk.build();
  }

  private Message listInbound(ListSIPInboundTrunkRequest request) {
    return ListSIPInboundTrunkResponse.newBuilder()
        .addAllItems(
            Listings.trunks(
                store.inboundTrunks(), request.getTrunkIdsList(), request.getNumbersList()))
        .build();
  }

  private SIPOutboundTrunkInfo createOutbound(CreateSIPOutboundTrunkRequest request) {
    refuseIf(TrunkChecks.refusalOf(request));
    SIPOutboundTrunkInfo trunk =
        request.getTrunk().toBuilder().setSipTrunkId(Ids.of(ID_PREFIX)).build();
    store.outbound().put(trunk.getSipTrunkId(), trunk);
    return trunk;
  }

  private SIPOutboundTrunkInfo updateOutbound(UpdateSIPOutboundTrunkRequest request) {
    String id = request.getSipTrunkId();
    if (id.isEmpty()) {
      throw TwirpError.invalid("trunk id must be set");
    }
    if (!request.hasReplace()) {
      throw TwirpError.invalid("missing or unsupported update action");
    }
    if (!store.outbound().containsKey(id)) {
      throw trunkNotFound();
    }
    SIPOutboundTrunkInfo trunk = request.getReplace();
    refuseIf(
        TrunkChecks.refusalOf(
            CreateSIPOutboundTrunkRequest.newBuilder()
                .setTrunk(trunk.toBuilder().clearSipTrunkId())
                .build()));
    SIPOutboundTrunkInfo changed = trunk.toBuilder().setSipTrunkId(id).build();
    store.outbound().put(id, changed);
    return changed;
  }

  private Message listOutbound(ListSIPOutboundTrunkRequest request) {
    ListSIPOutboundTrunkResponse.Builder response = ListSIPOutboundTrunkResponse.newBuilder();
    store.outbound().values().stream()
        .filter(
            trunk ->
                request.getTrunkIdsCount() == 0
                    || request.getTrunkIdsList().contains(trunk.getSipTrunkId()))
        .filter(
            trunk ->
                request.getNumbersCount() == 0
                    || !Collections.disjoint(trunk.getNumbersList(), request.getNumbersList()))
        .forEach(response::addItems);
    return response.build();
  }

  /** An unknown id is answered like a known one; rules that name the trunk stay. */
  @SuppressWarnings("deprecation") // the answer still is the trunk of old
  private SIPTrunkInfo delete(DeleteSIPTrunkRequest request) {
    if (request.getSipTrunkId().isEmpty()) {
      throw TwirpError.invalid("trunk ID is required");
    }
    store.inbound().remove(request.getSipTrunkId());
    store.outbound().remove(request.getSipTrunkId());
    return SIPTrunkInfo.newBuilder().setSipTrunkId(request.getSipTrunkId()).build();
  }

  static TwirpError trunkNotFound() {
    return TwirpError.of(TwirpCode.NOT_FOUND, "requested sip trunk does not exist");
  }

  static void refuseIf(Optional<String> refusal) {
    refusal.ifPresent(
        message -> {
          throw TwirpError.invalid(message);
        });
  }
}
