package io.voicegateway.setup;

import java.util.Set;

/**
 * What the operator decided about things that are not ours.
 *
 * @param adopted ids of a trunk and a rule to be used as they are
 * @param pruned ids of trunks and rules to be deleted
 * @param pruneAllInbound whether all inbound trunks and dispatch rules that are not ours go
 */
record Choices(Set<String> adopted, Set<String> pruned, boolean pruneAllInbound) {}
