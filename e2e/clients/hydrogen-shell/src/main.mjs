import { createNavigation, createRouter, FeatureSet, Platform, RootViewModel } from 'hydrogen-view-sdk';

const assetPaths = {
  downloadSandbox: 'assets/download-sandbox.html',
  worker: 'assets/main.js',
  olm: { wasm: 'olm/olm.wasm', legacyBundle: 'olm/olm_legacy.js', wasmBundle: 'olm/olm.js' },
};

/**
 * The SDK tells its service worker, which only serves media, of every access token, without asking whether there is one.
 * The browsers of the bench have none: what a worker asks for would pass by the bench.
 */
class PlatformWithoutWorker extends Platform {
  get updateService() {
    return { updateAuthData: () => {}, checkForUpdate: async () => {} };
  }
}

const container = document.getElementById('app');
const platform = new PlatformWithoutWorker({
  container,
  assetPaths,
  configURL: 'config.json',
  options: { development: false },
});
await platform.init();
const navigation = createNavigation();
platform.setNavigation(navigation);
const urlRouter = createRouter({ navigation, history: platform.history });
urlRouter.attach();
const features = await FeatureSet.load(platform.settingsStorage);
const application = new RootViewModel({ platform, urlRouter, navigation, features });
await application.load();
platform.createAndMountRootView(application);
