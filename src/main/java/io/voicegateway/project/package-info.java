/** The LiveKit projects and Jambonz accounts that stand behind one gateway; depends on nothing. */
@NullMarked
package io.voicegateway.project;

import org.jspecify.annotations.NullMarked;
