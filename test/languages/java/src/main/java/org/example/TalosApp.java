package org.example;

import io.github.cdk8stalos.MachineConfig;
import io.github.cdk8stalos.MachineConfigOptions;
import io.github.cdk8stalos.MachineConfigPatch;
import io.github.cdk8stalos.TalosMachineConfig;
import io.github.cdk8stalos.TalosNamespace;
import io.github.cdk8stalos.TalosNode;
import io.github.cdk8stalos.TalosVersion;
import java.util.List;
import java.util.Map;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.ChartProps;

public class TalosApp {
    public static void main(String[] args) {
        TalosVersion talosVersion = TalosVersion.of("v1.13.9");
        String host = "talos-control-plane.talos.svc.cluster.local";

        App app = new App();
        Chart chart = new Chart(app, "talos", ChartProps.builder().namespace("talos").build());
        new TalosNamespace(chart, "namespace");

        // controlplane.yaml was made by `talosctl gen config lab https://cp.lab.example.org:6443`
        MachineConfig config = MachineConfig
            .fromFile("controlplane.yaml", MachineConfigOptions.builder().talosVersion(talosVersion).build())
            .patch(
                MachineConfigPatch.hostDns(talosVersion),
                MachineConfigPatch.fromYaml("machine: {kubelet: {extraArgs: {v: \"2\"}}}"),
                MachineConfigPatch.fromDocuments(Map.of(
                    "machine", Map.of("certSANs", List.of(host)),
                    "cluster", Map.of(
                        "controlPlane", Map.of("endpoint", "https://" + host + ":6443"),
                        // the hosting cluster's own networks must be others than these
                        "network", Map.of("podSubnets", List.of("172.24.0.0/16"), "serviceSubnets", List.of("172.25.0.0/16"))))));

        TalosNode.Builder.create(chart, "control-plane")
            .talosVersion(talosVersion)
            .machineConfig(TalosMachineConfig.Builder.create(chart, "config").config(config).build())
            .build();

        app.synth();
    }
}
