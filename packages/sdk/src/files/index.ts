export { type UploadContent } from './content.js';
export { createDownload, type Download, type DownloadedFile, type DownloadOptions, type FileAddress, fileLink } from './download.js';
export { createTelemetryExport, type TelemetryExport, type TelemetryFile, type TelemetryRange, telemetryLink } from './telemetry.js';
export { createUpload, type Upload, type UploadedFile, type UploadOptions, type UploadProgress } from './upload.js';
