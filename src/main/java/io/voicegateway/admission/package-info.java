/**
 * Whether a call may go to an agent now. What costs least is looked at first, and the first reason
 * against it counts: the outage switch (a set in memory), the hours (the clock), the agent's share
 * of callers (a hash), a carrier's storm (a map in memory), the most calls at a time (counts in
 * memory). The database is asked beside the calls: see {@link io.voicegateway.admission.Lookout}.
 */
@NullMarked
package io.voicegateway.admission;

import org.jspecify.annotations.NullMarked;
