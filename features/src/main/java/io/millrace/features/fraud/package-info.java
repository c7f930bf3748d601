/**
 * Tells fraud by an online linear model on crossed one-hot features. A {@link
 * io.millrace.features.fraud.FraudDeclaration} says what a store looks at; {@link
 * io.millrace.features.fraud.SpendingRisk} and {@link io.millrace.features.fraud.LabelledRisk} are
 * what entities remember; {@link io.millrace.features.fraud.Maturing} holds payments until their
 * labels count, {@link io.millrace.features.fraud.FtrlLearner} learns from them, and a {@link
 * io.millrace.features.fraud.FraudModel} scores and says why. {@link
 * io.millrace.features.fraud.FraudDeclarations} are those that come with the engine; {@link
 * io.millrace.features.fraud.FraudQuality} and {@link io.millrace.features.fraud.HandbookProtocol}
 * say how good scores are.
 */
package io.millrace.features.fraud;
