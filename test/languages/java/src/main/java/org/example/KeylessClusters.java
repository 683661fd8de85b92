package org.example;

import io.github.cdk8stalos.ExternalSecretOptions;
import io.github.cdk8stalos.MachineConfigPatch;
import io.github.cdk8stalos.SecretDelivery;
import io.github.cdk8stalos.SecretStoreKind;
import io.github.cdk8stalos.SecretText;
import io.github.cdk8stalos.TalosCluster;
import io.github.cdk8stalos.TalosVersion;
import io.github.cdk8stalos.WorkerPoolOptions;
import io.github.cdk8stalos.talos.Documents;
import io.github.cdk8stalos.talos.cri.RegistryAuthConfig;
import java.util.List;
import org.cdk8s.App;
import org.cdk8s.Chart;

public class KeylessClusters {
    /** Clusters whose keys are in no manifest. */
    public static String yaml() {
        App app = new App();

        TalosCluster.Builder.create(new Chart(app, "stark"), "cluster")
            .clusterName("stark")
            .talosVersion(TalosVersion.of("v1.13.9"))
            .secretDelivery(SecretDelivery.generateOnce())
            .workerPools(List.of(WorkerPoolOptions.builder().name("general").replicas(2).build()))
            .build();

        TalosCluster.Builder.create(new Chart(app, "hydra"), "cluster")
            .clusterName("hydra")
            .talosVersion(TalosVersion.of("v1.13.9"))
            .secretDelivery(SecretDelivery.externalSecret(ExternalSecretOptions.builder()
                .store("vault")
                .storeKind(SecretStoreKind.SECRET_STORE)
                .key("talos/hydra")
                .property("bundle")
                .build()))
            .patches(List.of(MachineConfigPatch.of(Documents.builder()
                .registryAuthConfig(List.of(RegistryAuthConfig.builder()
                    .name("registry.example.com")
                    .username("talos")
                    .password(SecretText.fromSecret("registry", "password").getPlaceholder())
                    .build()))
                .build())))
            .build();

        return app.synthYaml();
    }
}
