/** The login of the management port: for browsers by a page, for tools by HTTP basic. */
@NullMarked
package io.voicegateway.login;

import org.jspecify.annotations.NullMarked;
