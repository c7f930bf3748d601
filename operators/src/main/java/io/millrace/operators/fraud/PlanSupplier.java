package io.millrace.operators.fraud;

import io.millrace.features.watch.SignalPlan;
import java.io.Serializable;
import java.util.function.Supplier;

/** Makes the plan in every task that needs one, the same at every call. */
interface PlanSupplier extends Supplier<SignalPlan>, Serializable {}
