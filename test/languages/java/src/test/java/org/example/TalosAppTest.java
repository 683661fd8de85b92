package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.cdk8stalos.AddressPlan;
import io.github.cdk8stalos.EphemeralClusterProps;
import io.github.cdk8stalos.MachineConfig;
import io.github.cdk8stalos.MachineConfigOptions;
import io.github.cdk8stalos.MachineConfigPatch;
import io.github.cdk8stalos.ReadinessJobOptions;
import io.github.cdk8stalos.TalosCluster;
import io.github.cdk8stalos.TalosNode;
import io.github.cdk8stalos.TalosVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cdk8s.Testing;
import org.junit.jupiter.api.Test;

class TalosAppTest {
    @Test
    void aMistakeIsExplained() {
        var node = TalosNode.Builder.create(Testing.chart(), "node").replicas(-1);
        var mistake = assertThrows(RuntimeException.class, node::build);
        var message = "test/node: 'replicas' (-1) must be a whole number of at least 0 [talos:invalid-value]";
        assertTrue(mistake.getMessage().contains(message), mistake.getMessage());
    }

    @Test
    void textAndMapsMakeTheSameConfig() {
        var text = MachineConfig.fromYaml("machine: {type: worker, sysctls: {vm.swappiness: '1'}}\ncluster: {}");
        var maps = MachineConfig.fromDocuments(List.of(Map.of("machine", Map.of("type", "worker"), "cluster", Map.of())));
        var patched = maps.patch(MachineConfigPatch.fromDocuments(Map.of("machine", Map.of("sysctls", Map.of("vm.swappiness", "1")))));
        assertEquals(text.toYaml(), patched.toYaml());
    }

    @Test
    void aWholeClusterIsOneCall() {
        var chart = Testing.chart();
        var properties = EphemeralClusterProps.builder().clusterName("ci-42").workers(2).readinessJob(ReadinessJobOptions.builder().build());
        var cluster = TalosCluster.ephemeral(chart, "cluster", properties.build());
        var manifests = Testing.synth(chart).toString();
        assertTrue(manifests.contains("kind=Namespace") && manifests.contains("kind=Job"), manifests);
        assertEquals(2, cluster.getWorkerPools().get(0).getReplicas().intValue());
        assertEquals(List.of("10.192.64.0/18"), AddressPlan.of().allocate("acme", 1).getPodSubnets());
    }

    @Test
    void nullIsLeftOut() {
        var machine = new HashMap<String, Object>(Map.of("type", "worker"));
        machine.put("network", null);
        var maps = MachineConfig.fromDocuments(List.of(Map.of("machine", machine)));
        assertEquals(MachineConfig.fromYaml("machine: {type: worker}").toYaml(), maps.toYaml());
    }

    @Test
    void typedPatchesMakeTheSameConfigAsInTypeScript() throws Exception {
        var options = MachineConfigOptions.builder().talosVersion(TalosVersion.of("v1.14")).build();
        var patched = MachineConfig.fromYaml("machine: {type: worker}", options).patch(
            TypedPatches.openIdConnect(), TypedPatches.registryMirror(), TypedPatches.kubelet(), TypedPatches.userVolumes(), TypedPatches.network());
        assertEquals(Files.readString(Path.of("typed-patches.yaml")), patched.toYaml());
    }

    @Test
    void keylessClustersAreThoseOfTypeScript() throws Exception {
        assertEquals(Files.readString(Path.of("keyless-clusters.yaml")), KeylessClusters.yaml());
    }
}
