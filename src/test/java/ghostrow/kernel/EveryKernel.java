package ghostrow.kernel;

/**
 * The kernels' tests as a program, for JVMs that are started otherwise than the build's; says what it has
 * run.
 */
final class EveryKernel {

    private EveryKernel() {
    }

    public static void main(String[] args) {
        StencilTest stencils = new StencilTest();
        StencilTest.rungs().forEach(rung -> {
            for (Rule rule : StencilTest.rules()) {
                stencils.wholeDomainsAgreeWithThePlainLoop(rung, rule);
                stencils.rangesInsideAStripAgreeWithThePlainLoop(rung, rule);
                stencils.anyWidthAgreesWithThePlainLoop(rung, rule);
            }
            System.out.println("stencil " + rung.label());
        });
        EscapeTest escapes = new EscapeTest();
        EscapeTest.rungs().forEach(rung -> {
            escapes.anyRegionHasTheCountsOfTheDefinition(rung);
            escapes.unusualCoordinatesHaveTheCountsOfTheDefinition(rung);
            System.out.println("escape " + rung.label());
        });
        System.out.println("auto " + Rung.auto().label() + " " + EscapeRung.auto().label());
    }
}
