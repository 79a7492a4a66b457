package io.voicegateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The package rules: dependencies point inwards, and the call depends on nothing but the projects.
 */
@AnalyzeClasses(packages = "io.voicegateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule dependenciesPointInwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("projects")
          .definedBy("io.voicegateway.project..")
          .layer("call")
          .definedBy("io.voicegateway.call..")
          .layer("jambonz")
          .definedBy("io.voicegateway.jambonz..")
          .layer("livekit")
          .definedBy("io.voicegateway.livekit..")
          .layer("sip")
          .definedBy("io.voicegateway.sip..")
          .layer("dead letters")
          .definedBy("io.voicegateway.deadletter..")
          .layer("operator")
          .definedBy("io.voicegateway.operator..")
          .layer("login")
          .definedBy("io.voicegateway.login..")
          .layer("outbound")
          .definedBy("io.voicegateway.outbound..")
          .layer("record")
          .definedBy("io.voicegateway.record..")
          .layer("admission")
          .definedBy("io.voicegateway.admission..")
          .layer("setup")
          .definedBy("io.voicegateway.setup..")
          .layer("doctor")
          .definedBy("io.voicegateway.doctor..")
          .layer("edge")
          .definedBy("io.voicegateway.web..")
          .layer("routes")
          .definedBy("io.voicegateway.routes..")
          .layer("sandbox")
          .definedBy("io.voicegateway.sandbox..")
          .layer("application")
          .definedBy("io.voicegateway")
          .layer("console")
          .definedBy("io.voicegateway.console..")
          .whereLayer("projects")
          .mayNotAccessAnyLayer()
          .whereLayer("call")
          .mayOnlyAccessLayers("projects")
          .whereLayer("console")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("application")
          .mayOnlyBeAccessedByLayers("console")
          .whereLayer("sandbox")
          .mayOnlyBeAccessedByLayers("application", "console")
          .whereLayer("setup")
          .mayOnlyBeAccessedByLayers("console")
          .whereLayer("doctor")
          .mayOnlyBeAccessedByLayers("console")
          .whereLayer("login")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("outbound")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("edge")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("record")
          .mayOnlyBeAccessedByLayers("application", "doctor", "console")
          .whereLayer("admission")
          .mayOnlyBeAccessedByLayers("console")
          .whereLayer("operator")
          .mayOnlyBeAccessedByLayers(
              "record", "outbound", "admission", "dead letters", "login", "doctor", "console")
          .whereLayer("dead letters")
          .mayOnlyBeAccessedByLayers("record", "console")
          .whereLayer("sip")
          .mayOnlyBeAccessedByLayers("doctor")
          .whereLayer("livekit")
          .mayOnlyBeAccessedByLayers("sandbox", "setup", "doctor", "console")
          .whereLayer("jambonz")
          .mayOnlyBeAccessedByLayers("sandbox", "setup", "doctor", "console");

  @ArchTest
  static final ArchRule noTwoPackagesNeedEachOther =
      slices().matching("io.voicegateway.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingIsPrintedBesidesTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.voicegateway.console..")
          .should()
          .accessField(System.class, "out");

  @ArchTest
  static final ArchRule routingDecidesWithoutTalkingToAnybody =
      classes()
          .that()
          .resideInAPackage("io.voicegateway.livekit.routing..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.voicegateway.livekit.routing..",
              "java..",
              "livekit..",
              "com.google.protobuf..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule theSipClientNeedsNothingButJava =
      classes()
          .that()
          .resideInAPackage("io.voicegateway.sip..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.voicegateway.sip..", "java..", "javax.net..", "org.jspecify..");
}
